package gatehouse.ingest.decode;

import gatehouse.wire.DeviceMessage;

/**
 * Reads one format of device messages. A vendor's format is one such class and a catalogue line.
 */
public interface Decoder {

  /** The MQTT content type under which devices send this format, in lower case. */
  String contentType();

  /**
   * Reads a message. The bytes are at most 64 KiB and anything at all.
   *
   * @throws UnreadableException if they are not a message of this format
   */
  DeviceMessage decode(byte[] payload) throws UnreadableException;
}
