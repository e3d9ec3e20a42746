package gatehouse.api.webhook;

import gatehouse.api.ApiSettings;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way out, as the settings allow it. */
@Configuration
class WebhookWiring {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Bean
  Outlet outlet(ApiSettings settings) {
    return new Outlet(
        Resolver.SYSTEM,
        settings.webhookAllowPrivate(),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        LIMIT);
  }
}
