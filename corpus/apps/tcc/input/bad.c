int main(void) { return x; }
int f( {
