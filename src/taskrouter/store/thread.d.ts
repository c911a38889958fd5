/** The program of a thread, bundled by the build and by jest's transform: the text for `new Worker(program, { eval: true })`. */
declare module '*?thread' {
  const program: string;
  export default program;
}
