/** PostgreSQL: pools, transactions behind the wall of row-level security, migrations. */
@NullMarked
package gatehouse.api.store;

import org.jspecify.annotations.NullMarked;
