package gatehouse.api.notification;

import gatehouse.alert.Severity;
import gatehouse.api.audit.AuditLog;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Duty;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Silences and maintenance windows of the caller's own audience. */
@RestController
@RequestMapping("/api/v1/silences")
class SilenceRoutes {

  /** Nobody forgets a silence for longer. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private final SilenceStore silences;
  private final Clock clock;

  SilenceRoutes(SilenceStore silences, Clock clock) {
    this.silences = silences;
    this.clock = clock;
  }

  /** What is to be quiet, why, and for how long. */
  record Wish(
      @Nullable String community,
      Silence.@Nullable Kind kind,
      @Nullable String model,
      @Nullable String place,
      @Nullable String device,
      @Nullable String subject,
      @Nullable String reason,
      @Nullable Instant starts,
      @Nullable Instant ends) {}

  /** Those that are planned or hold, and with {@code ended} those of the last 30 days too. */
  @GetMapping
  List<Silence> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false, defaultValue = "false") boolean ended,
      @AuthenticationPrincipal Account account) {
    Instant now = clock.instant();
    return silences.list(
        account, Inputs.id("community", community), ended ? now.minus(LONGEST) : now, now);
  }

  /** Sets a silence under an id of the caller's choice; once set, only its end can change. */
  @PutMapping("/{id}")
  Silence set(
      @PathVariable String id,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.requireAtProperty(Duty.OPERATOR);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID key = Inputs.uuid(id);
    SilenceStore.New checked = check(key, wish, account, now);
    return silences.set(account, checked, now, request.getRemoteAddr());
  }

  /** Ends a silence now; one that has ended stays as it is. */
  @DeleteMapping("/{id}")
  Silence end(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    account.requireAtProperty(Duty.OPERATOR);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return silences.end(account, Inputs.uuid(id), now, request.getRemoteAddr());
  }

  private static SilenceStore.New check(UUID id, Wish wish, Account account, Instant now) {
    String community = Inputs.required("community", Inputs.id("community", wish.community()));
    if (!account.sees(community) || community.equals(AuditLog.ORGANISATION)) {
      throw Refusal.notFound();
    }
    String model = Inputs.id("model", wish.model());
    if (model != null && NeverSuppressed.FROM.get(model) == Severity.P4) {
      throw Refusal.of(HttpStatus.CONFLICT, "never-suppressed");
    }
    String place = Inputs.text("place", wish.place());
    String device = Inputs.text("device", wish.device());
    String subject = Inputs.text("subject", wish.subject());
    if (Stream.of(model, place, device, subject).allMatch(Objects::isNull)) {
      throw Refusal.badValue("model");
    }
    Instant starts = wish.starts() == null ? now : wish.starts();
    Instant ends = wish.ends();
    if (ends == null || !ends.isAfter(starts) || !ends.isAfter(now)) {
      throw Refusal.badValue("ends");
    }
    if (Duration.between(starts, ends).compareTo(LONGEST) > 0) {
      throw Refusal.of(HttpStatus.BAD_REQUEST, "silence-too-long");
    }
    return new SilenceStore.New(
        id,
        community,
        wish.kind() == null ? Silence.Kind.SILENCE : wish.kind(),
        model,
        place,
        device,
        subject,
        Inputs.required("reason", Inputs.text("reason", wish.reason())),
        starts,
        ends);
  }
}
