package gatehouse.flink;

import gatehouse.config.Key;
import java.time.Duration;

/**
 * The configuration of the live job.
 *
 * @param kafkaBootstrap Kafka's address
 * @param restPort port of Flink's REST interface, when the job runs in its own JVM
 * @param metricsPort port of its metrics
 * @param checkpoints where its checkpoints are
 * @param parallelism how many subtasks each operator has
 * @param watermarkBound how much disorder is waited for
 * @param idleness when a partition is left out
 * @param silence when time goes on by itself
 * @param drift how far partitions may be apart
 * @param clockAhead how far a device's clock may be ahead
 * @param checkpointInterval how often state is saved
 * @param stateBackend where state is kept
 */
public record LiveConfig(
    @Key(
            value = "kafka.bootstrap",
            says = "Kafka's host:port, several separated by commas.",
            byDefault = "127.0.0.1:9092")
        String kafkaBootstrap,
    @Key(
            value = "flink.rest-port",
            says = "The port of Flink's REST interface on 127.0.0.1; 0 for a free one.",
            byDefault = "8081",
            min = 0,
            max = 65535)
        int restPort,
    @Key(
            value = "flink.metrics-port",
            says = "The port on 127.0.0.1 on which /metrics is served; 0 for none.",
            byDefault = "0",
            min = 0,
            max = 65535)
        int metricsPort,
    @Key(
            value = "flink.checkpoints",
            says = "The folder of the checkpoints; on a Flink cluster any address Flink can write.")
        String checkpoints,
    @Key(
            value = "flink.parallelism",
            says = "How many subtasks each operator has.",
            byDefault = "2",
            min = 1,
            max = 256)
        int parallelism,
    @Key(
            value = "flink.watermark-bound",
            says = "How much disorder of events is waited for; later ones are late.",
            byDefault = "PT2S",
            min = 0)
        Duration watermarkBound,
    @Key(
            value = "flink.idleness",
            says = "After how long without an event a partition no longer holds back the others.",
            byDefault = "PT5S",
            min = 0.1)
        Duration idleness,
    @Key(
            value = "flink.silence",
            says =
                "After how long without any event time goes on with the wall clock, so that timers"
                    + " run in a silent system; a longer outage makes events late. PT0S for never.",
            byDefault = "PT1M",
            min = 0)
        Duration silence,
    @Key(
            value = "flink.drift",
            says =
                "How far, in event time, a partition of a backlog may be read ahead of the slowest;"
                    + " what is ahead waits on the heap.",
            byDefault = "PT10S",
            min = 1)
        Duration drift,
    @Key(
            value = "flink.clock-ahead",
            says =
                "How far an event may be ahead of the gateway's clock before it is refused for"
                    + " models that wait for event time.",
            byDefault = "PT10M",
            min = 0)
        Duration clockAhead,
    @Key(
            value = "flink.checkpoint-interval",
            says =
                "How often the job's state is saved. On the heap it is saved whole, so the larger it"
                    + " is the more this costs; after a crash the events since are read again.",
            byDefault = "PT30S",
            min = 0.1)
        Duration checkpointInterval,
    @Key(
            value = "flink.state-backend",
            says = "Where state is kept: on the heap, or on disk by RocksDB.",
            byDefault = "hashmap")
        StateBackendKind stateBackend) {}
