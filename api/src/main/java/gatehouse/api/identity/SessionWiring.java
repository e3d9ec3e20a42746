package gatehouse.api.identity;

import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.support.TransactionOperations;

/** How sessions are stored: texts only, and no more often than they change. */
@Configuration
class SessionWiring {

  @Bean
  static BeanPostProcessor sparingSessions() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof JdbcIndexedSessionRepository all ? sparing(all) : bean;
      }
    };
  }

  private static <S extends Session> SparingSessions<S> sparing(SessionRepository<S> all) {
    return new SparingSessions<>(all);
  }

  /**
   * Each request reads its session by one statement, which needs no transaction around it. A crash
   * between the two that write a new one leaves a session in which nobody is signed in.
   */
  @Bean
  TransactionOperations springSessionTransactionOperations() {
    return TransactionOperations.withoutTransaction();
  }

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
