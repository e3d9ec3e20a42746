package gatehouse.acceptance;

import gatehouse.launcher.Stack;
import gatehouse.launcher.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Everything, started once as {@code ./gatehouse up} does it, and shared by the tests that look at
 * it.
 */
public final class City implements ParameterResolver {

  /** Stops the city when the last test is done. */
  private record Running(Stack stack) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stack.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(City.class))
        .computeIfAbsent(Running.class, key -> start(), Running.class)
        .stack();
  }

  private static Running start() {
    try {
      Path data = Files.createTempDirectory("gatehouse-city");
      StackOptions everything = StackOptions.in(data);
      return new Running(
          Stack.start(
              StackOptions.isolated(data).withServices(everything.services()).withCommunities(1)));
    } catch (Exception e) {
      throw new IllegalStateException("the city does not start", e);
    }
  }
}
