package gatehouse.ingest.decode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every format that the intake reads, found by the MQTT content type. */
public final class DecoderCatalogue {

  /** The formats this product knows. A new one is a line here. */
  private static final List<Decoder> KNOWN = List.of(new GatehouseJson());

  private final Map<String, Decoder> byContentType;

  /** With exactly these formats, besides our own JSON. */
  public DecoderCatalogue(List<Decoder> decoders) {
    this.byContentType =
        decoders.stream().collect(Collectors.toMap(Decoder::contentType, Function.identity()));
  }

  /** With the formats this product knows. */
  public static DecoderCatalogue known() {
    return new DecoderCatalogue(KNOWN);
  }

  /**
   * The decoder of a content type, parameters like charset ignored; null if there is none. Devices
   * that name no type, or just JSON, send our own.
   */
  public @Nullable Decoder find(String contentType) {
    String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String type =
        bare.isEmpty() || bare.equals("application/json") ? GatehouseJson.CONTENT_TYPE : bare;
    return byContentType.get(type);
  }
}
