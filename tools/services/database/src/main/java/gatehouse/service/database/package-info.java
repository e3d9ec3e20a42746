/** PostgreSQL as a child of one JVM, durable, for loopback clients with passwords. */
@NullMarked
package gatehouse.service.database;

import org.jspecify.annotations.NullMarked;
