type Point = readonly [number, number];

/** Distance of a point from the segment between a and b. */
export function toSegment(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Distance of a point from a line through several points. */
export function toPolyline(x: number, y: number, points: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    nearest = Math.min(nearest, toSegment(x, y, points[i - 1], points[i]));
  }
  return nearest;
}

/** Signed distance of a point from a polygon: negative inside. */
export function toPolygon(x: number, y: number, corners: readonly Point[]): number {
  let inside = false;
  corners.forEach(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  const distance = toPolyline(x, y, [...corners, corners[0]]);
  return inside ? -distance : distance;
}

/** The points at these angles (clockwise from the top, in turns) and radii around a centre. */
export function polar(centre: Point, turns: readonly number[], radii: readonly number[]): Point[] {
  return turns.map((turn, i) => {
    const angle = 2 * Math.PI * turn;
    const radius = radii[i % radii.length];
    return [centre[0] + radius * Math.sin(angle), centre[1] - radius * Math.cos(angle)];
  });
}
