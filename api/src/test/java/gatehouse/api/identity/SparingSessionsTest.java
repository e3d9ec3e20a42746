package gatehouse.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

class SparingSessionsTest {

  private static final Duration LIMIT = Duration.ofMinutes(40);

  private final Written written = new Written();
  private final SparingSessions<MapSession> sessions = new SparingSessions<>(written);

  /** Keeps sessions, and a list of what was written. */
  private static final class Written implements SessionRepository<MapSession> {
    private final Map<String, MapSession> all = new HashMap<>();
    private final List<MapSession> writes = new ArrayList<>();

    @Override
    public MapSession createSession() {
      MapSession session = new MapSession();
      session.setMaxInactiveInterval(LIMIT);
      return session;
    }

    @Override
    public void save(MapSession session) {
      all.put(session.getId(), session);
      writes.add(session);
    }

    @Override
    public MapSession findById(String id) {
      return all.get(id);
    }

    @Override
    public void deleteById(String id) {
      all.remove(id);
    }
  }

  private SparingSessions.Sparing<MapSession> stored() {
    SparingSessions.Sparing<MapSession> fresh = sessions.createSession();
    sessions.save(fresh);
    assertThat(written.writes).hasSize(1);
    SparingSessions.Sparing<MapSession> found = sessions.findById(fresh.getId());
    assertThat(found).isNotNull();
    return found;
  }

  @Test
  void aUseIsWrittenOnceInATwentiethOfTheLimit() {
    SparingSessions.Sparing<MapSession> session = stored();
    Instant start = session.getLastAccessedTime();
    session.setLastAccessedTime(start.plus(LIMIT.dividedBy(20).minusMillis(1)));
    sessions.save(session);
    assertThat(written.writes).hasSize(1);
    session.setLastAccessedTime(start.plus(LIMIT.dividedBy(20)));
    sessions.save(session);
    assertThat(written.writes).hasSize(2);
    assertThat(session.getLastAccessedTime()).isEqualTo(start.plus(LIMIT.dividedBy(20)));
  }

  @Test
  void whateverElseChangesIsWrittenAtOnceAndOnce() {
    SparingSessions.Sparing<MapSession> session = stored();
    session.setAttribute("account", "somebody");
    sessions.save(session);
    sessions.save(session);
    session.removeAttribute("account");
    sessions.save(session);
    session.setMaxInactiveInterval(LIMIT.dividedBy(2));
    sessions.save(session);
    session.changeSessionId();
    sessions.save(session);
    assertThat(written.writes).hasSize(5);
    sessions.deleteById(session.getId());
    assertThat(sessions.findById(session.getId())).isNull();
  }
}
