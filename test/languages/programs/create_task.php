<?php

function request(string $url, array $options = []): string
{
    $curl = curl_init($url);
    curl_setopt_array($curl, $options + [CURLOPT_RETURNTRANSFER => true]);
    $body = curl_exec($curl);
    if ($body === false) {
        fwrite(STDERR, curl_error($curl) . "\n");
        exit(1);
    }
    return $body;
}

$workspace = 'https://taskrouter.twilio.com/v1/Workspaces/' . getenv('WORKSPACE_SID');
$task = json_decode(request("$workspace/Tasks", [
    CURLOPT_USERPWD => getenv('TWILIO_ACCOUNT_SID') . ':' . getenv('TWILIO_AUTH_TOKEN'),
    CURLOPT_POSTFIELDS => http_build_query([
        'WorkflowSid' => getenv('WORKFLOW_SID'),
        'Attributes' => json_encode(['selected_language' => 'es']),
    ]),
]));
echo "$task->sid $task->assignment_status\n";
echo request(getenv('ELSEWHERE')), "\n";
