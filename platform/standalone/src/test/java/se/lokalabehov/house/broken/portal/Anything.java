package se.lokalabehov.house.broken.portal;

/** Something of another service. */
public class Anything {

}
