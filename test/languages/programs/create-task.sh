set -euo pipefail
task=$(curl --silent --show-error "https://taskrouter.twilio.com/v1/Workspaces/$WORKSPACE_SID/Tasks" \
  --data-urlencode 'Attributes={"selected_language": "es"}' \
  -d "WorkflowSid=$WORKFLOW_SID" \
  -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN")
field() { sed -E "s/.*\"$1\": ?\"([a-zA-Z0-9]+)\".*/\1/" <<<"$task"; }
echo "$(field sid) $(field assignment_status)"
curl --silent --show-error "$ELSEWHERE"
