package gatehouse.api.dialogue;

import gatehouse.api.dialogue.Dialogue.Caller;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Reports of residents to the police, and the dialogue about them. Text only: there are no
 * attachments. The property has no part in it.
 */
@RestController
@RequestMapping("/api/v1/reports")
class ReportRoutes {

  private final Dialogue dialogue;
  private final Clock clock;

  ReportRoutes(Dialogue dialogue, Clock clock) {
    this.dialogue = dialogue;
    this.clock = clock;
  }

  /**
   * What is reported.
   *
   * @param place id of a place, if it is about one
   * @param anonymous whether the police are not to learn who reports; no if it is not given
   */
  record Wish(
      @Nullable String community,
      @Nullable Category category,
      @Nullable String text,
      @Nullable String place,
      @Nullable Boolean anonymous) {

    @Override
    public String toString() {
      return "Wish";
    }
  }

  /** What is said about a report. */
  record Saying(@Nullable String text) {

    @Override
    public String toString() {
      return "Saying";
    }
  }

  /** For the police the queue of their communities; for a resident the own reports. */
  @GetMapping
  Page<ReportView> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    int size = Page.size(limit);
    Cursor from = Cursor.parse(cursor);
    ReportStore.After after =
        from == null
            ? new ReportStore.After(null, null)
            : new ReportStore.After(from.time(), Inputs.uuid(from.id()));
    return Page.of(
        dialogue.list(
            caller(account, request),
            Inputs.id("community", community),
            Inputs.constants("state", ReportState.class, state),
            after,
            size),
        size,
        report -> report,
        report -> new Cursor(report.at(), report.id().toString()));
  }

  /** A resident reports, under an id of the caller's choice. Ten reports a day. */
  @PutMapping("/{id}")
  ReportView make(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    if (account.role() != Role.RESIDENT) {
      throw Refusal.notAllowed();
    }
    String community = Inputs.id("community", wish.community());
    String text = Inputs.note(wish.text());
    if (community == null || wish.category() == null || text == null) {
      throw Refusal.badValue(community == null ? "community" : text == null ? "text" : "category");
    }
    return dialogue.report(
        caller(account, request),
        new Dialogue.Draft(
            Inputs.uuid(id),
            community,
            wish.category(),
            text,
            Objects.requireNonNullElse(Inputs.id("place", wish.place()), ""),
            Boolean.TRUE.equals(wish.anonymous())));
  }

  /** A report with what was said about it. */
  @GetMapping("/{id}")
  ReportDetail show(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return dialogue.show(caller(account, request), Inputs.uuid(id));
  }

  /** Says something about a report; officers say it about those they work on. */
  @PostMapping("/{id}/messages")
  ReportDetail say(
      @PathVariable String id,
      @RequestBody Saying saying,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String wish = IdempotencyKey.require(key);
    String text = Inputs.required("text", Inputs.note(saying.text()));
    return dialogue.say(caller(account, request), Inputs.uuid(id), wish, text);
  }

  /** The caller has read what the other side wrote. */
  @PostMapping("/{id}/read")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void read(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    dialogue.read(caller(account, request), Inputs.uuid(id));
  }

  /** An officer takes the report. */
  @PostMapping("/{id}/assign")
  ReportDetail assign(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return dialogue.assign(police(account, request), Inputs.uuid(id));
  }

  /** The officer who works on it closes it. */
  @PostMapping("/{id}/close")
  ReportDetail close(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return dialogue.close(police(account, request), Inputs.uuid(id));
  }

  private Caller police(Account account, HttpServletRequest request) {
    if (account.role() != Role.POLICE) {
      throw Refusal.notAllowed();
    }
    return caller(account, request);
  }

  private Caller caller(Account account, HttpServletRequest request) {
    return new Caller(
        account, request.getRemoteAddr(), clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
