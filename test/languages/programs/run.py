import json
import os

from flask import Flask, Response, request
from twilio.rest import Client

app = Flask(__name__)

account_sid = os.environ["TWILIO_ACCOUNT_SID"]
auth_token = os.environ["TWILIO_AUTH_TOKEN"]
workspace_sid = os.environ["WORKSPACE_SID"]
workflow_sid = os.environ["WORKFLOW_SID"]

client = Client(account_sid, auth_token)


@app.route("/assignment_callback", methods=["GET", "POST"])
def assignment_callback():
    """Respond to assignment callbacks with an empty 200 response"""
    print(request.form["TaskSid"], request.form["ReservationSid"], flush=True)
    return Response("{}", status=200, mimetype="application/json")


@app.route("/create_task", methods=["GET", "POST"])
def create_task():
    """Create a task"""
    task = client.taskrouter.workspaces(workspace_sid).tasks.create(
        workflow_sid=workflow_sid,
        attributes=json.dumps({"selected_language": "es"}),
    )
    return task.assignment_status


@app.route("/accept_reservation", methods=["GET", "POST"])
def accept_reservation():
    """Accept a reservation"""
    task_sid = request.args.get("task_sid")
    reservation_sid = request.args.get("reservation_sid")
    reservation = (
        client.taskrouter.workspaces(workspace_sid)
        .tasks(task_sid)
        .reservations(reservation_sid)
        .update(reservation_status="accepted")
    )
    return f"{reservation.worker_name} {reservation.reservation_status}"


if __name__ == "__main__":
    app.run(debug=True)
