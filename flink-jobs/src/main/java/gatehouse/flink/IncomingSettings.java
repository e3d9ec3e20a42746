package gatehouse.flink;

import gatehouse.analysis.SettingsChange;
import gatehouse.wire.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the settings topic.
 *
 * @param change the change, if it is one that the catalogue allows
 * @param refused the dead letter, if not
 */
record IncomingSettings(@Nullable SettingsChange change, @Nullable DeadLetter refused) {}
