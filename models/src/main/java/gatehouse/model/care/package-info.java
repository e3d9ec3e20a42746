/** What is known of an enrolled elder: signs of life, routine, whose sensors see them. */
@NullMarked
package gatehouse.model.care;

import org.jspecify.annotations.NullMarked;
