package se.lokalabehov.house.broken.feedback;

/** Breaks: knows another service; is public; reads a hidden clock; prints. */
public class PeepsIntoPortal {

	se.lokalabehov.house.broken.portal.@org.jspecify.annotations.Nullable Anything other;

	void act() {
		System.out.println(java.time.Instant.now());
	}

}
