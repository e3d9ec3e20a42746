package gatehouse.flink;

import gatehouse.fact.DerivedFact;
import java.time.Instant;

/** What the probe tells other models: the hash of all it saw so far under one key. */
public record ProbeFact(String id, String community, Instant time, String key, long hash)
    implements DerivedFact {}
