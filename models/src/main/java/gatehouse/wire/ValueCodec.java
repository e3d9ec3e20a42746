package gatehouse.wire;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Reads and writes one type of value in a JSON stream. */
interface ValueCodec<T> {

  /** Writes the value. */
  void write(JsonGenerator out, T value);

  /**
   * Reads the value at the current token, which is not null, and leaves the stream at its last
   * token.
   *
   * @throws WireException if the token is of another type
   */
  T read(JsonParser in) throws WireException;

  /** What stands for a value that is not there. */
  T absent() throws IllegalStateException;
}
