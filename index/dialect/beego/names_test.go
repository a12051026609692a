package beego

import "testing"

func TestSnake(t *testing.T) {
	for name, want := range map[string][2]string{
		"Id": {"id", "id"}, "UserID": {"user_i_d", "user_id"}, "XxYY": {"xx_y_y", "xx_yy"}, "_Xx": {"_xx", "__xx"},
		"HTTPServer": {"h_t_t_p_server", "http_server"}, "X_Y": {"x__y", "x_y"}, "": {"", ""},
	} {
		if got := [2]string{snake(name), snakeAcronym(name)}; got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
