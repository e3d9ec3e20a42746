package gatehouse.simulator.door;

import gatehouse.credential.CredentialEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A terminal's list as it lies in its file.
 *
 * @param revision as the platform counts
 * @param salt of the digests of codes; empty before the first change
 * @param entries by credential
 * @param used how many times each was used, of those with a limit
 * @param heard when the platform last spoke
 */
public record StoredList(
    long revision,
    String salt,
    List<CredentialEntry> entries,
    Map<String, Integer> used,
    Instant heard) {

  static final StoredList EMPTY = new StoredList(0, "", List.of(), Map.of(), Instant.EPOCH);
}
