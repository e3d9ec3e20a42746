package gatehouse.api.identity;

import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;

/** How sessions are stored: texts only. */
@Configuration
class SessionWiring {

  /** Java's serialization is never used: a session attribute is a text or it is refused. */
  @Bean
  ConversionService springSessionConversionService() {
    GenericConversionService conversion = new GenericConversionService();
    conversion.addConverter(Object.class, byte[].class, new Write());
    conversion.addConverter(byte[].class, Object.class, new Read());
    return conversion;
  }

  private static final class Write implements Converter<Object, byte[]> {
    @Override
    public byte[] convert(Object value) {
      if (value instanceof String text) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      throw new IllegalArgumentException("a session holds texts only, not " + value.getClass());
    }
  }

  private static final class Read implements Converter<byte[], Object> {
    @Override
    public Object convert(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
