package gatehouse.api.registry;

import gatehouse.api.http.Cursor;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.Page;
import gatehouse.api.http.Precondition;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.store.Store;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The registry of a community: what is known, since when, and what it was before. */
@RestController
@RequestMapping("/api/v1/registry")
class RegistryRoutes {

  private final Store store;
  private final RegistryStore rows;
  private final RegistryKeeper keeper;
  private final Clock clock;

  RegistryRoutes(
      @Qualifier("requests") Store store, RegistryStore rows, RegistryKeeper keeper, Clock clock) {
    this.store = store;
    this.rows = rows;
    this.keeper = keeper;
    this.clock = clock;
  }

  /** A kind of entry and the fields that people fill in. */
  record Kind(String kind, List<String> fields) {}

  /** What a thing is to be from a time on. */
  record Wish(
      @Nullable Instant validFrom, @Nullable Instant validTo, @Nullable ObjectNode fields) {}

  /** The kinds that there are, and their fields. */
  @GetMapping
  List<Kind> kinds() {
    return Arrays.stream(RegistryKind.values())
        .map(kind -> new Kind(kind.path(), rows.shape(kind).columns()))
        .toList();
  }

  /**
   * The newest versions of things that hold now, or at a time, or with {@code ended} all of them.
   */
  @GetMapping("/{community}/{kind}")
  Page<RegistryRow> list(
      @PathVariable String community,
      @PathVariable String kind,
      @RequestParam(required = false) @Nullable String unit,
      @RequestParam(required = false) @Nullable String person,
      @RequestParam(required = false) @Nullable String at,
      @RequestParam(required = false, defaultValue = "false") boolean ended,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @AuthenticationPrincipal Account account) {
    RegistryKind known = RegistryKind.readable(kind, account);
    Cursor from = Cursor.parse(cursor);
    Instant asked = Inputs.instant("at", at);
    int size = Page.size(limit);
    RegistryStore.Filter filter =
        new RegistryStore.Filter(
            account.seen(community),
            Inputs.text("unit", unit),
            Inputs.text("person", person),
            ended ? null : asked == null ? clock.instant() : asked,
            from == null ? null : from.id(),
            size + 1);
    return Page.of(
        store.in(account.scope(), tx -> rows.list(tx, known, filter)),
        size,
        row -> row,
        row -> new Cursor(Instant.EPOCH, row.thing()));
  }

  /** All versions of a thing, the newest first. */
  @GetMapping("/{community}/{kind}/{thing}")
  ResponseEntity<List<RegistryRow>> history(
      @PathVariable String community,
      @PathVariable String kind,
      @PathVariable String thing,
      @AuthenticationPrincipal Account account) {
    RegistryKind known = RegistryKind.readable(kind, account);
    String in = account.seen(community);
    List<RegistryRow> history = store.in(account.scope(), tx -> rows.history(tx, known, in, thing));
    if (history.isEmpty()) {
      throw Refusal.notFound();
    }
    return ResponseEntity.ok().eTag(history.get(0).etag()).body(history);
  }

  /**
   * Records what a thing is. What exists is changed only by whoever names its newest version in
   * If-Match; saying again what is so already changes nothing.
   */
  @PutMapping("/{community}/{kind}/{thing}")
  ResponseEntity<RegistryRow> put(
      @PathVariable String community,
      @PathVariable String kind,
      @PathVariable String thing,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody Wish wish,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    RegistryKeeper.Target target =
        target(RegistryKind.recordable(kind, account), account, request, community, thing);
    if (wish.fields() == null) {
      throw Refusal.badValue("fields");
    }
    ObjectNode fields = wish.fields();
    RegistryKeeper.Kept kept =
        store.in(
            account.scope(),
            tx -> {
              try {
                return keeper.put(
                    tx,
                    target,
                    new RegistryKeeper.Wish(fields, wish.validFrom(), wish.validTo()),
                    Precondition.ifMatch(ifMatch));
              } catch (InvalidField e) {
                throw e.refusal();
              }
            });
    return ResponseEntity.status(
            kept.outcome() == RegistryKeeper.Outcome.CREATED ? HttpStatus.CREATED : HttpStatus.OK)
        .eTag(kept.row().etag())
        .body(kept.row());
  }

  /** Ends what holds, now or at a time; the history stays. */
  @DeleteMapping("/{community}/{kind}/{thing}")
  ResponseEntity<RegistryRow> end(
      @PathVariable String community,
      @PathVariable String kind,
      @PathVariable String thing,
      @RequestParam(required = false) @Nullable String at,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    RegistryKeeper.Target target =
        target(RegistryKind.writable(kind, account), account, request, community, thing);
    Instant when = Inputs.instant("at", at);
    RegistryRow row = store.in(account.scope(), tx -> keeper.end(tx, target, when)).row();
    return ResponseEntity.ok().eTag(row.etag()).body(row);
  }

  private static RegistryKeeper.Target target(
      RegistryKind kind,
      Account account,
      HttpServletRequest request,
      String community,
      String thing) {
    return new RegistryKeeper.Target(
        account, request.getRemoteAddr(), kind, account.seen(community), thing);
  }
}
