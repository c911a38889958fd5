import json
import os

import requests
from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])

task = client.taskrouter.workspaces(os.environ["WORKSPACE_SID"]).tasks.create(
    workflow_sid=os.environ["WORKFLOW_SID"],
    attributes=json.dumps({"selected_language": "es"}),
)
print(task.sid, task.assignment_status)
print(requests.get(os.environ["ELSEWHERE"]).text)
