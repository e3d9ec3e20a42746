package gatehouse.model.tamper;

import java.time.Instant;

/**
 * A finding that a permit recorded later may take back.
 *
 * @param device the device
 * @param word its flag
 * @param trigger the event that made it a finding
 * @param force whether it adds an opening by force
 * @param since when what the permit would have to cover happened
 * @param at when it was found
 */
public record Told(
    String device, String word, String trigger, boolean force, Instant since, Instant at) {}
