/**
 * The models on Flink: facts from Kafka or files go through the models of the catalogue, findings
 * become alerts. {@code gatehouse.analysis.Replay} is the reference that this must agree with.
 */
@NullMarked
package gatehouse.flink;

import org.jspecify.annotations.NullMarked;
