package gatehouse.api.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.BooleanSupplier;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/** Whether a session that opened a stream is still there, for the same account with its rights. */
@Component
public final class StillSignedIn {

  private final SessionRepository<? extends Session> sessions;
  private final AccountStore accounts;

  StillSignedIn(SessionRepository<? extends Session> sessions, AccountStore accounts) {
    this.sessions = sessions;
    this.accounts = accounts;
  }

  /** A check to be made later, when the request is long over. */
  public BooleanSupplier check(HttpServletRequest request, Account account) {
    HttpSession session = request.getSession(false);
    String id = session == null ? "" : session.getId();
    return () ->
        sessions.findById(id) != null
            && accounts.find(account.id()).filter(account::equals).isPresent();
  }
}
