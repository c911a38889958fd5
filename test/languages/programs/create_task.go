package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
)

func main() {
	task := createTask()
	fmt.Println(task.Sid, task.AssignmentStatus)
	response, err := http.Get(os.Getenv("ELSEWHERE"))
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(string(body))
}

type task struct {
	Sid              string `json:"sid"`
	AssignmentStatus string `json:"assignment_status"`
}

func createTask() (created task) {
	form := url.Values{}
	form.Set("WorkflowSid", os.Getenv("WORKFLOW_SID"))
	form.Set("Attributes", `{"selected_language": "es"}`)
	address := "https://taskrouter.twilio.com/v1/Workspaces/" + os.Getenv("WORKSPACE_SID") + "/Tasks"
	request, _ := http.NewRequest("POST", address, strings.NewReader(form.Encode()))
	request.SetBasicAuth(os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&created); err != nil {
		log.Fatal(err)
	}
	return created
}
