package gatehouse.api.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Sessions that are written only when they change. That a session was used is no change worth a
 * write at every request: a twentieth of the time after which it ends is near enough.
 */
final class SparingSessions<S extends Session>
    implements SessionRepository<SparingSessions.Sparing<S>> {

  private static final int PARTS = 20;

  private final SessionRepository<S> all;

  /** In front of these. */
  SparingSessions(SessionRepository<S> all) {
    this.all = all;
  }

  @Override
  public Sparing<S> createSession() {
    return new Sparing<>(all.createSession(), true);
  }

  @Override
  public void save(Sparing<S> session) {
    if (session.changed) {
      all.save(session.stored);
      session.changed = false;
    }
  }

  @Override
  public @Nullable Sparing<S> findById(String id) {
    S found = all.findById(id);
    return found == null ? null : new Sparing<>(found, false);
  }

  @Override
  public void deleteById(String id) {
    all.deleteById(id);
  }

  /** One session, and whether it is to be written. */
  static final class Sparing<S extends Session> implements Session {

    private final S stored;
    private boolean changed;

    private Sparing(S stored, boolean changed) {
      this.stored = stored;
      this.changed = changed;
    }

    @Override
    public String getId() {
      return stored.getId();
    }

    @Override
    public String changeSessionId() {
      changed = true;
      return stored.changeSessionId();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> @Nullable T getAttribute(String name) {
      return stored.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNames() {
      return stored.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, Object value) {
      changed = true;
      stored.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
      changed = true;
      stored.removeAttribute(name);
    }

    @Override
    public Instant getCreationTime() {
      return stored.getCreationTime();
    }

    @Override
    public void setLastAccessedTime(Instant time) {
      Duration since = Duration.between(stored.getLastAccessedTime(), time);
      if (since.compareTo(stored.getMaxInactiveInterval().dividedBy(PARTS)) >= 0) {
        changed = true;
        stored.setLastAccessedTime(time);
      }
    }

    @Override
    public Instant getLastAccessedTime() {
      return stored.getLastAccessedTime();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
      changed = true;
      stored.setMaxInactiveInterval(interval);
    }

    @Override
    public Duration getMaxInactiveInterval() {
      return stored.getMaxInactiveInterval();
    }

    @Override
    public boolean isExpired() {
      return stored.isExpired();
    }
  }
}
