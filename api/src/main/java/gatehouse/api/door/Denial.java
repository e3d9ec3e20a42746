package gatehouse.api.door;

import gatehouse.api.http.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** Why the platform itself does not send a command. */
enum Denial {
  NO_RIGHT(HttpStatus.FORBIDDEN, "door-no-right"),
  LOCKDOWN(HttpStatus.LOCKED, "door-lockdown"),
  RATE_LIMIT(HttpStatus.TOO_MANY_REQUESTS, "door-rate-limit");

  private final HttpStatus status;
  private final String code;

  Denial(HttpStatus status, String code) {
    this.status = status;
    this.code = code;
  }

  /** As it stands in the command. */
  String reason() {
    return name();
  }

  /** The problem, with the command's own members beside the usual ones. */
  Refusal refusal(CommandView view) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", view.id());
    members.put("door", view.door());
    members.put("state", view.state());
    members.put("stateTime", view.stateTime());
    members.put("history", view.history());
    members.put("reason", reason());
    Refusal refusal = Refusal.of(status, code).with(members);
    return this == RATE_LIMIT ? refusal.after(Duration.ofMinutes(5)) : refusal;
  }
}
