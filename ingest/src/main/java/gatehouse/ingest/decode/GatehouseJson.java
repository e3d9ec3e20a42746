package gatehouse.ingest.decode;

import gatehouse.ingest.decode.UnreadableException.Kind;
import gatehouse.wire.DeviceMessage;
import gatehouse.wire.WireException;

/** Our own format: a CloudEvents 1.0 message in structured JSON mode. */
public final class GatehouseJson implements Decoder {

  static final String CONTENT_TYPE = "application/cloudevents+json";

  @Override
  public String contentType() {
    return CONTENT_TYPE;
  }

  @Override
  public DeviceMessage decode(byte[] payload) throws UnreadableException {
    JsonText text = JsonText.of(payload);
    DeviceMessage message;
    try {
      message = DeviceMessage.decode(payload);
    } catch (WireException e) {
      throw new UnreadableException(
          text.isJson() ? Kind.SCHEMA : Kind.SYNTAX, String.valueOf(e.getMessage()));
    }
    text.requireKeepable();
    Plausible.require(message.event());
    return message;
  }
}
