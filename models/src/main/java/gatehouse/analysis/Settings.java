package gatehouse.analysis;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks a model's settings: a record whose components carry {@link Setting}. */
public interface Settings {

  /** What a setting means and what it may be; the docs page and the checks come from this. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Setting {

    /** What it is for, in a few words. */
    String value();

    /** Its unit, e.g. s, m, share; empty for durations and counts. */
    String unit() default "";

    /** Least value; for durations in seconds. */
    double min() default 0;

    /** Greatest value; for durations in seconds. */
    double max() default Double.MAX_VALUE;
  }

  /** Settings without any. */
  record None() implements Settings {}
}
