export function testBrowser(): void {}
