package gatehouse.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of a configuration record is called and what it may be. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

  /** Stands for: there is no default, it must be given. */
  String REQUIRED = "(required)";

  /** Dotted name, e.g. kafka.bootstrap; the environment variable is GATEHOUSE_KAFKA_BOOTSTRAP. */
  String value();

  /** What it is for, in a sentence. */
  String says();

  /** The default as text; {@link #REQUIRED} if there is none. */
  String byDefault() default REQUIRED;

  /** Least number; for durations in seconds. */
  double min() default -Double.MAX_VALUE;

  /** Greatest number; for durations in seconds. */
  double max() default Double.MAX_VALUE;
}
