import type { CommandOf, CommandResults, CommandType } from '../../model/commands';
import type { CommandContext } from '../command-context';
import { createActivity, deleteActivity, updateActivity } from './activities';
import { settleAssignmentCallback, settleEventCallback } from './callbacks';
import { callAnswered, callEnded, callFailed, conferenceEnded } from './calls';
import { instructReservation, updateReservation } from './reservations';
import { createTaskChannel, deleteTaskChannel, updateTaskChannel } from './task-channels';
import { createTaskQueue, deleteTaskQueue, updateTaskQueue } from './task-queues';
import { createTask, deleteTask, updateTask } from './tasks';
import { cancelTransfer, createTransfer } from './transfers';
import { createWorker, deleteWorker, updateWorker, updateWorkerChannel } from './workers';
import { createWorkflow, deleteWorkflow, updateWorkflow } from './workflows';
import { createWorkspace, deleteWorkspace, updateWorkspace } from './workspaces';

type Handlers = {
  [Type in Exclude<CommandType, 'PassTime'>]: (
    context: CommandContext,
    command: CommandOf<Type>,
  ) => CommandResults[Type];
};

/** The handler of each command. `PassTime` needs none: the engine meets deadlines before every command. */
export const handlers: Handlers = {
  CreateWorkspace: createWorkspace,
  UpdateWorkspace: updateWorkspace,
  DeleteWorkspace: deleteWorkspace,
  CreateActivity: createActivity,
  UpdateActivity: updateActivity,
  DeleteActivity: deleteActivity,
  CreateTaskChannel: createTaskChannel,
  UpdateTaskChannel: updateTaskChannel,
  DeleteTaskChannel: deleteTaskChannel,
  CreateTaskQueue: createTaskQueue,
  UpdateTaskQueue: updateTaskQueue,
  DeleteTaskQueue: deleteTaskQueue,
  CreateWorkflow: createWorkflow,
  UpdateWorkflow: updateWorkflow,
  DeleteWorkflow: deleteWorkflow,
  CreateWorker: createWorker,
  UpdateWorker: updateWorker,
  DeleteWorker: deleteWorker,
  UpdateWorkerChannel: updateWorkerChannel,
  CreateTask: createTask,
  UpdateTask: updateTask,
  DeleteTask: deleteTask,
  UpdateReservation: updateReservation,
  InstructReservation: instructReservation,
  CreateTransfer: createTransfer,
  CancelTransfer: cancelTransfer,
  SettleAssignmentCallback: settleAssignmentCallback,
  SettleEventCallback: settleEventCallback,
  CallAnswered: callAnswered,
  CallFailed: callFailed,
  CallEnded: callEnded,
  ConferenceEnded: conferenceEnded,
};
