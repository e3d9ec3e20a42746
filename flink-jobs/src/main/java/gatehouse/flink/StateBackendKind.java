package gatehouse.flink;

/** Where Flink keeps the models' state. */
public enum StateBackendKind {
  /** On the heap: three to four times as fast. */
  HASHMAP,
  /** On disk, for a population that outgrows memory. */
  ROCKSDB
}
