package gatehouse.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.wire.DeviceMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecoderCatalogueTest {

  private static final Decoder VENDOR =
      new Decoder() {
        @Override
        public String contentType() {
          return "application/x-vendor";
        }

        @Override
        public DeviceMessage decode(byte[] payload) throws UnreadableException {
          throw new UnreadableException(UnreadableException.Kind.SCHEMA, "not written yet");
        }
      };

  @Test
  void findsAVendorsFormatByItsContentTypeAndOursByDefault() {
    DecoderCatalogue catalogue = new DecoderCatalogue(List.of(new GatehouseJson(), VENDOR));
    assertThat(catalogue.find("Application/X-Vendor; v=2")).isSameAs(VENDOR);
    assertThat(catalogue.find("")).isInstanceOf(GatehouseJson.class);
    assertThat(catalogue.find("application/json")).isInstanceOf(GatehouseJson.class);
    assertThat(catalogue.find("application/cloudevents+json")).isInstanceOf(GatehouseJson.class);
    assertThat(DecoderCatalogue.known().find("application/x-vendor")).isNull();
  }
}
