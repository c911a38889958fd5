import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

public class CreateTask {
    public static void main(String[] args) throws Exception {
        String form = "WorkflowSid=" + System.getenv("WORKFLOW_SID") + "&Attributes="
            + URLEncoder.encode("{\"selected_language\": \"es\"}", StandardCharsets.UTF_8);
        String account = System.getenv("TWILIO_ACCOUNT_SID") + ":" + System.getenv("TWILIO_AUTH_TOKEN");
        HttpRequest request = HttpRequest
            .newBuilder(URI.create(
                "https://taskrouter.twilio.com/v1/Workspaces/" + System.getenv("WORKSPACE_SID") + "/Tasks"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
        String task = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        System.out.println(field(task, "sid") + " " + field(task, "assignment_status"));

        URL elsewhere = new URL(System.getenv("ELSEWHERE"));
        HttpURLConnection connection = (HttpURLConnection) elsewhere.openConnection();
        System.out.println(new String(connection.getInputStream().readAllBytes()));
    }

    private static String field(String json, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\\s*\"(\\w+)\"").matcher(json);
        return matcher.find() ? matcher.group(1) : json;
    }
}
