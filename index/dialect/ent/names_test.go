package ent

import "testing"

// What ent v0.14.5 was seen to make of these names.
func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"User": "user", "HTTPRequest": "http_request", "OAuthToken": "oauth_token", "V2Item": "v2item",
		"S3Object": "s3object", "UserIDs": "user_ids",
	} {
		if got := snake(name); got != want {
			t.Errorf("snake(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"User": "users", "City": "cities", "Person": "persons", "Child": "childs", "Hero": "heros", "Bus": "bus",
		"Quiz": "quizs", "CPU": "cp_us", "Wolf": "wolves", "Analysis": "analyses",
	} {
		if got := tableOf(name); got != want {
			t.Errorf("tableOf(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"friends": "friend", "children": "child", "people": "person", "media": "medium", "boss": "bos", "news": "news",
		"following": "following",
	} {
		if got := singular(name); got != want {
			t.Errorf("singular(%q) = %q, want %q", name, got, want)
		}
	}
}
