/** Who people are, kept apart from where they pass; and who looked at it. */
@NullMarked
package gatehouse.api.person;

import org.jspecify.annotations.NullMarked;
