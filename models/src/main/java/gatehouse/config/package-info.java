/**
 * Configuration: one record a deployable; key, environment name, default, check and docs page
 * derive from it.
 */
@NullMarked
package gatehouse.config;

import org.jspecify.annotations.NullMarked;
