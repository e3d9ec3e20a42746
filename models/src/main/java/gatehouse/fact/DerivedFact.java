package gatehouse.fact;

/** What one model worked out for others to use. It never leaves the job. */
public interface DerivedFact extends Fact {}
