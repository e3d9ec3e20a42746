package gatehouse.api;

import gatehouse.config.ConfigException;
import gatehouse.config.ConfigLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** The API as a process. Prints {@code READY api PORT} and ends with SIGTERM. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class ApiMain {

  private static final int BAD_CONFIGURATION = 78;

  /** Starts the API with the configuration of this process's environment. */
  public static void main(String[] args) {
    ApiSettings settings;
    try {
      settings = ConfigLoader.load(ApiSettings.class);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
      return;
    }
    System.out.println("READY api " + port(start(settings)));
  }

  /** Starts the API in this JVM; closing the context stops it. */
  public static ConfigurableApplicationContext start(ApiSettings settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", settings.bind());
    properties.put("server.port", settings.port());
    properties.put("management.server.address", settings.managementBind());
    properties.put("management.server.port", settings.managementPort());
    properties.put("spring.session.timeout", settings.sessionTimeout());
    if (!settings.proxy().isEmpty()) {
      properties.put("server.forward-headers-strategy", "native");
      properties.put("server.tomcat.remoteip.internal-proxies", Pattern.quote(settings.proxy()));
      properties.put("server.tomcat.remoteip.remote-ip-header", "X-Forwarded-For");
      properties.put("server.tomcat.remoteip.protocol-header", "X-Forwarded-Proto");
    }
    return new SpringApplicationBuilder(ApiMain.class)
        .bannerMode(Banner.Mode.OFF)
        .properties(properties)
        .initializers(
            context -> context.getBeanFactory().registerSingleton("apiSettings", settings))
        .run();
  }

  /** The port on which the API listens. */
  public static int port(ConfigurableApplicationContext api) {
    return api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }
}
