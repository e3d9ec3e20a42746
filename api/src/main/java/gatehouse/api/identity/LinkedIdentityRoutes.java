package gatehouse.api.identity;

import gatehouse.api.http.Refusal;
import gatehouse.api.oidc.IssuerAwayException;
import gatehouse.api.oidc.TokenRefusedException;
import gatehouse.api.oidc.TokenVerifier;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is at the identity provider; said only in a session of the caller's own. */
@RestController
@RequestMapping("/api/v1/session/linked-identity")
class LinkedIdentityRoutes {

  private static final int LONGEST = 8_192;

  private final TokenVerifier verifier;
  private final ExternalSubjects subjects;

  LinkedIdentityRoutes(TokenVerifier verifier, ExternalSubjects subjects) {
    this.verifier = verifier;
    this.subjects = subjects;
  }

  /** A token of the identity provider: nobody can link to somebody else's name there. */
  record Link(@Nullable String token) {

    @Override
    public String toString() {
      return "Link";
    }
  }

  @PutMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void link(
      @RequestBody Link link,
      @AuthenticationPrincipal Account account,
      HttpServletRequest request) {
    String token = link.token();
    if (token == null || token.isEmpty() || token.length() > LONGEST) {
      throw Refusal.badValue("token");
    }
    try {
      subjects.link(account, verifier.verify(token), request.getRemoteAddr());
    } catch (TokenRefusedException e) {
      throw Refusal.badValue("token");
    } catch (IssuerAwayException e) {
      throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable").after(Duration.ofSeconds(10));
    }
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void unlink(@AuthenticationPrincipal Account account, HttpServletRequest request) {
    subjects.unlink(account, request.getRemoteAddr());
  }
}
