package gatehouse.api.credential;

import gatehouse.api.door.DoorName;
import gatehouse.api.http.Cursor;
import gatehouse.api.http.IdempotencyKey;
import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Page;
import gatehouse.api.identity.Account;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The ledger, for those who run the doors. */
@RestController
@RequestMapping("/api/v1/credential-sync")
class CredentialSyncRoutes {

  private final SyncStore ledger;

  CredentialSyncRoutes(SyncStore ledger) {
    this.ledger = ledger;
  }

  /**
   * Credentials on terminals, what changed last first.
   *
   * @param state PENDING, SENT, CONFIRMED, DRIFT, OFFLINE; several comma-separated
   * @param stillOpens only what a terminal may hold though the registry does not want it
   */
  @GetMapping
  Page<SyncRow> list(
      @RequestParam(required = false) @Nullable String community,
      @RequestParam(required = false) @Nullable String device,
      @RequestParam(required = false) @Nullable String credential,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false, defaultValue = "false") boolean stillOpens,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit,
      @AuthenticationPrincipal Account account) {
    int size = Page.size(limit);
    List<SyncRow> rows =
        ledger.list(
            account,
            new SyncStore.Filter(
                Inputs.id("community", community),
                Inputs.id("device", device),
                Inputs.text("credential", credential),
                Inputs.constants("state", SyncState.class, state),
                stillOpens),
            Cursor.parse(cursor),
            size);
    return Page.of(rows, size, row -> ledger.shown(account, row), SyncStore::cursor);
  }

  /** How each terminal's list stands. */
  @GetMapping("/summary")
  ItemList<DeviceSync> summary(
      @RequestParam(required = false) @Nullable String community,
      @AuthenticationPrincipal Account account) {
    return new ItemList<>(ledger.summary(account, Inputs.id("community", community)));
  }

  /**
   * Asks a terminal to say its whole list. The summary shows when it has.
   *
   * @param device the terminal's id, or community:id where several communities have that id
   * @param key the same key is the same wish
   */
  @PostMapping("/{device}/read-back")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DeviceSync readBack(
      @PathVariable String device,
      @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String wish = IdempotencyKey.require(key);
    DoorName name = DoorName.parse(device);
    return ledger.readBack(account, name.community(), name.door(), wish, request.getRemoteAddr());
  }
}
