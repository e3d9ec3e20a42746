package gatehouse.api.door;

import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.LiveStreams;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.BearerTokens;
import gatehouse.api.identity.Duty;
import gatehouse.api.identity.Role;
import gatehouse.api.identity.StillSignedIn;
import gatehouse.api.phone.Phones;
import gatehouse.api.store.Notifications;
import gatehouse.api.store.Store;
import gatehouse.door.DoorCommand;
import gatehouse.registry.RemoteOpenRequest.Capacity;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Doors, and the commands to open them. */
@RestController
@RequestMapping("/api/v1")
class DoorRoutes {

  private final Store store;
  private final DoorStore doors;
  private final CommandStore commands;
  private final RemoteOpen remoteOpen;
  private final Presence presence;
  private final LiveStreams streams;
  private final StillSignedIn stillSignedIn;
  private final Phones phones;
  private final Clock clock;

  DoorRoutes(
      @Qualifier("doors") Store store,
      DoorStore doors,
      CommandStore commands,
      RemoteOpen remoteOpen,
      Presence presence,
      LiveStreams streams,
      StillSignedIn stillSignedIn,
      Phones phones,
      Clock clock) {
    this.store = store;
    this.doors = doors;
    this.commands = commands;
    this.remoteOpen = remoteOpen;
    this.presence = presence;
    this.streams = streams;
    this.stillSignedIn = stillSignedIn;
    this.phones = phones;
    this.clock = clock;
  }

  /** The doors that the caller may know of. */
  @GetMapping("/doors")
  ItemList<DoorView> list(@AuthenticationPrincipal Account account) {
    List<DoorStore.Row> rows =
        store.in(account.scope(), tx -> doors.list(tx, account, clock.instant()));
    Map<String, Integer> sameId = new HashMap<>();
    rows.forEach(row -> sameId.merge(row.id(), 1, Integer::sum));
    return new ItemList<>(
        rows.stream().map(row -> view(row, sameId.getOrDefault(row.id(), 1) == 1)).toList());
  }

  /**
   * In which capacity somebody asks.
   *
   * @param as ADMIN: on duty, for which no right of one's own is needed, but a reason
   */
  record Opening(@Nullable Capacity as, @Nullable String reason) {}

  /** How long a door is to stay released, and why. */
  record Holding(@Nullable Instant until, @Nullable String reason) {}

  /** Why a door is to lock before its time. */
  record Locking(@Nullable String reason) {}

  /**
   * Asks a door to open. The answer says how far it came until now; the stream tells the rest.
   *
   * @param id the door's id, or community:id where several communities have that id
   * @param key the same key is the same wish
   * @param signature of the phone that a resident's app runs on
   */
  @PostMapping("/doors/{id}/open")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CommandView open(
      @PathVariable String id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestHeader(name = "Phone-Signature", required = false) @Nullable String signature,
      @RequestBody(required = false) @Nullable Opening opening,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    if (opening == null || opening.as() != Capacity.ADMIN) {
      return order(id, key, signature, DoorOrder.OPEN, account, request);
    }
    DoorOrder order = DoorOrder.openOnDuty(reason(account, Duty.GUARD, opening.reason()));
    return order(id, key, null, order, account, request);
  }

  /** Holds a door released until a time, 12 hours at most; the door itself ends it. */
  @PostMapping("/doors/{id}/hold")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CommandView hold(
      @PathVariable String id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody Holding holding,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String reason = reason(account, Duty.OPERATOR, holding.reason());
    Instant now = clock.instant();
    Instant until = holding.until();
    if (until == null || !until.isAfter(now) || until.isAfter(now.plus(DoorCommand.LONGEST_HOLD))) {
      throw Refusal.badValue("until");
    }
    DoorOrder order = DoorOrder.hold(reason, until.truncatedTo(ChronoUnit.MILLIS));
    return order(id, key, null, order, account, request);
  }

  /** Ends a hold; what the fire panel released stays released. */
  @PostMapping("/doors/{id}/lock")
  @ResponseStatus(HttpStatus.ACCEPTED)
  CommandView lock(
      @PathVariable String id,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @RequestBody Locking locking,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    DoorOrder order = DoorOrder.lock(reason(account, Duty.GUARD, locking.reason()));
    return order(id, key, null, order, account, request);
  }

  private CommandView order(
      String id,
      @Nullable String header,
      @Nullable String signature,
      DoorOrder order,
      Account account,
      HttpServletRequest request) {
    String key = IdempotencyKey.require(header);
    DoorName name = DoorName.parse(id);
    String address = request.getRemoteAddr();
    String phone =
        account.role() == Role.RESIDENT && BearerTokens.carries(request)
            ? phones.opening(account, signature, key, id, address)
            : "";
    return remoteOpen.order(account, name.community(), name.door(), order, key, phone, address);
  }

  /** Why somebody on duty acts; nobody else may. */
  private static String reason(Account account, Duty least, @Nullable String text) {
    if (account.role() != Role.PROPERTY || !account.may(least)) {
      throw Refusal.notAllowed();
    }
    String reason = Inputs.text("reason", text);
    if (reason == null) {
      throw Refusal.badValue("reason");
    }
    return reason;
  }

  /** A command of the caller's own. */
  @GetMapping("/door-commands/{id}")
  CommandView command(@PathVariable String id, @AuthenticationPrincipal Account account) {
    return current(account, Inputs.uuid(id));
  }

  /** The states of a command as they come; ends with the last one. */
  @GetMapping(
      path = "/door-commands/{id}/stream",
      produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<SseEmitter> stream(
      @PathVariable String id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    UUID command = Inputs.uuid(id);
    CommandView now = current(account, command);
    if (now.state().isFinal() && now.state().name().equals(last)) {
      return ResponseEntity.noContent().build();
    }
    LiveStreams.Source source =
        new LiveStreams.Source() {
          private @Nullable CommandView sent;

          @Override
          public boolean send(SseEmitter to) throws java.io.IOException {
            CommandView next = current(account, command);
            if (!next.equals(sent)) {
              to.send(
                  SseEmitter.event()
                      .name("command")
                      .id(next.state().name())
                      .data(next, MediaType.APPLICATION_JSON));
              sent = next;
            }
            return !next.state().isFinal();
          }
        };
    return ResponseEntity.ok(
        streams.open(
            account.username(),
            Notifications.Channel.DOOR,
            command.toString()::equals,
            stillSignedIn.check(request, account),
            source));
  }

  private CommandView current(Account account, UUID id) {
    return store.in(account.scope(), tx -> commands.view(tx, id).orElseThrow(Refusal::notFound));
  }

  private DoorView view(DoorStore.Row row, boolean unique) {
    return new DoorView(
        unique ? row.id() : row.community() + ":" + row.id(),
        row.name(),
        row.community(),
        row.communityName(),
        row.place(),
        row.position(),
        presence.of(row.community(), row.id()) == Presence.State.ONLINE,
        row.lastSeen(),
        row.right() && !row.lockdown(),
        row.heldUntil(),
        row.lockdown(),
        row.lockdowns());
  }
}
