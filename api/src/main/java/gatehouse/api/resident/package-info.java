/** What residents decide on: homes, tenants, guests, belongings, care, and their own data. */
@NullMarked
package gatehouse.api.resident;

import org.jspecify.annotations.NullMarked;
