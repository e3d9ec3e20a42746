package gatehouse.flink;

import gatehouse.fact.DerivedFact;
import gatehouse.site.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the probe tells other models: the hash of all it saw so far under one key, and where. */
public record ProbeFact(
    String id, String community, Instant time, String key, long hash, @Nullable Place place)
    implements DerivedFact {

  @Override
  public @Nullable Place settingsPlace() {
    return place;
  }
}
