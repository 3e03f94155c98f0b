export const NUMBERS: string;
