package gatehouse.api.phone;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.ItemList;
import gatehouse.api.http.Refusal;
import gatehouse.api.identity.Account;
import gatehouse.api.identity.Reauthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The phones that may ask for doors in the caller's name. */
@RestController
@RequestMapping("/api/v1/phones")
class PhoneRoutes {

  private final Phones phones;
  private final Reauthentication reauthentication;
  private final Clock clock;

  PhoneRoutes(Phones phones, Reauthentication reauthentication, Clock clock) {
    this.phones = phones;
    this.reauthentication = reauthentication;
    this.clock = clock;
  }

  /**
   * A phone to be bound.
   *
   * @param publicKey its Ed25519 or P-256 key, a SubjectPublicKeyInfo in Base64
   * @param name what its owner calls it
   * @param password the caller's
   * @param code of the caller's second factor, if there is one
   */
  record Registration(
      @Nullable String publicKey,
      @Nullable String name,
      @Nullable String password,
      @Nullable String code) {

    @Override
    public String toString() {
      return "Registration";
    }
  }

  /**
   * A phone that is bound.
   *
   * @param holds whether it may ask for doors now
   */
  record Phone(String id, String name, Instant boundAt, Instant holdsFrom, boolean holds) {}

  @GetMapping
  ItemList<Phone> list(@AuthenticationPrincipal Account account) {
    return new ItemList<>(phones.list(account).stream().map(this::view).toList());
  }

  /** Binds this phone; one that is bound already stays as it is. */
  @PostMapping
  Phone bind(
      @RequestBody Registration registration,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String text = registration.publicKey();
    PhoneKey key =
        PhoneKey.parse(text == null ? "" : text).orElseThrow(() -> Refusal.badValue("publicKey"));
    String name = Inputs.text("name", registration.name());
    return phones
        .bound(account, key)
        .map(this::view)
        .orElseGet(
            () -> {
              String address = request.getRemoteAddr();
              reauthentication.prove(
                  account, registration.password(), registration.code(), address);
              return view(phones.bind(account, key, name == null ? "" : name, address));
            });
  }

  /** Has a phone that waits hold at once, signed by one that holds. */
  @PostMapping("/{id}/confirm")
  Phone confirm(
      @PathVariable String id,
      @RequestHeader(name = PhoneSignature.HEADER, required = false) @Nullable String signature,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    return view(phones.confirm(account, Inputs.uuid(id), signature, request.getRemoteAddr()));
  }

  /** Ends a binding: a phone was sold or lost. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(
      @PathVariable String id,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    phones.end(account, Inputs.uuid(id), request.getRemoteAddr());
  }

  private Phone view(PhoneStore.Row row) {
    return new Phone(
        row.id().toString(),
        row.name(),
        row.boundAt(),
        row.holdsFrom(),
        row.holds(clock.instant()));
  }
}
