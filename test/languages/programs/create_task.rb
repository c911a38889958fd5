require 'json'
require 'net/http'
require 'uri'

uri = URI("https://taskrouter.twilio.com/v1/Workspaces/#{ENV['WORKSPACE_SID']}/Tasks")
request = Net::HTTP::Post.new(uri)
request.basic_auth(ENV['TWILIO_ACCOUNT_SID'], ENV['TWILIO_AUTH_TOKEN'])
request.set_form_data(
  'WorkflowSid' => ENV['WORKFLOW_SID'],
  'Attributes' => { 'selected_language' => 'es' }.to_json
)
response = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
task = JSON.parse(response.body)
puts "#{task['sid']} #{task['assignment_status']}"
puts Net::HTTP.get(URI(ENV['ELSEWHERE']))
