package gatehouse.api.http;

import io.swagger.v3.oas.models.info.Info;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.ServerBaseUrlCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Languages, and the console's files. */
@Configuration
class WebWiring implements WebMvcConfigurer {

  private static final Pattern SERVED_ELSEWHERE = Pattern.compile("^(api|actuator|v3|error)(/|$)");
  private static final String CONSOLE = "classpath:/static/";

  @Bean
  LocaleResolver localeResolver() {
    AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
    resolver.setSupportedLocales(Texts.LANGUAGES);
    resolver.setDefaultLocale(Texts.LANGUAGES.get(0));
    return resolver;
  }

  /** No address is made from what the caller says of the host. */
  @Bean
  ServerBaseUrlCustomizer documentedServer() {
    return (address, request) -> "/";
  }

  @Bean
  OpenApiCustomizer documentedTitle() {
    return document ->
        document.setInfo(
            new Info()
                .title("Gatehouse API")
                .version("1")
                .description(
                    "For police, property companies and residents. Problems are RFC 9457"
                        + " documents; lists are paged by cursor; what exists is changed with"
                        + " If-Match; what is created has an id or an Idempotency-Key of the"
                        + " caller's choice."));
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(CONSOLE + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    registry
        .addResourceHandler("/**")
        .addResourceLocations(CONSOLE)
        .setCacheControl(CacheControl.noCache())
        .resourceChain(false)
        .addResolver(new ConsoleResolver());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName("forward:/index.html");
  }

  /** A path that is no file is one of the console's own pages: its start page knows them. */
  private static final class ConsoleResolver extends PathResourceResolver {

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      Resource found = super.getResource(path, location);
      if (found != null || path.contains(".") || SERVED_ELSEWHERE.matcher(path).find()) {
        return found;
      }
      return super.getResource("index.html", location);
    }
  }
}
